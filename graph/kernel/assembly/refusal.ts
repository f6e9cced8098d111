/** What the kernel does not do. The host throws, so that nothing runs on after a refusal. */
export declare function refuse(reason: i32): void

export const outOfMemory: i32 = 1
export const linksOutOfOrder: i32 = 2
export const weightOutOfRange: i32 = 3
export const componentTooLarge: i32 = 4
export const usesOutOfOrder: i32 = 5
export const figureTooLarge: i32 = 6
