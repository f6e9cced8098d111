/** Times as people and programs outside read them. */
export const iso = (at: number): string => new Date(at).toISOString()
