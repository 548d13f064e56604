/** The switch of the stricter mode under attack. auto: by itself. on, off: until somebody sets it back */
export const attackModes = ['auto', 'on', 'off'] as const
export type AttackModeName = (typeof attackModes)[number]

/** What shows that the portal is under attack: many refused, many strangers, many tries to sign in, a process out of breath. */
export const attackSigns = ['refused', 'costly', 'sign-ins', 'late'] as const
export type AttackSign = (typeof attackSigns)[number]
