export const leadStatuses = ['new', 'contacted', 'qualified', 'offered', 'won', 'lost'] as const
export type LeadStatus = (typeof leadStatuses)[number]

/** From each status the ones a lead may move to. Won is final; a lost lead may be opened again. */
export const leadTransitions: Record<LeadStatus, readonly LeadStatus[]> = {
  new: ['contacted', 'qualified', 'lost'],
  contacted: ['qualified', 'offered', 'lost'],
  qualified: ['offered', 'lost'],
  offered: ['qualified', 'won', 'lost'],
  won: [],
  lost: ['new'],
}

export const mayMove = (from: LeadStatus, to: LeadStatus): boolean => leadTransitions[from].includes(to)
