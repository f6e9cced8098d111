/** What the host calls: two tasks that share one memory, of which either forgets what the other left. */
export * from './partition'
export * from './project'
