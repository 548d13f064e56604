/**
 * What a package can open at a machine. findings: its health, what is found at it, and alarms raised by that. outlook: remaining life of its
 * components. advice: what to do because of what it shows, tasks by condition included. report: the monthly health report. Readings, alarms by rules, own rules and the maintenance
 * plan are not among them: nobody pays for his own data.
 */
export const rights = ['findings', 'outlook', 'advice', 'report'] as const
export type Right = (typeof rights)[number]
