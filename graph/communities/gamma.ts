/** Every part of a community is linked to the rest with at least this mean probability, in millionths. */
export const gammaMicro = 40_000
