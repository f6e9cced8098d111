// How far the state is.
// => changes, newestAt (ms)
MATCH (c:Control {name: 'state'})
RETURN c.changes AS changes, c.newestAt.epochMillis AS newestAt
