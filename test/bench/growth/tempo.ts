/** Gives some six events an account, where people of a town come as often as that. */
export const tempo = 0.28
