/**
 * Of a request for service. submitted: nobody has read it yet. received: the manufacturer looks into it. scheduled: a day is agreed.
 * in-progress: somebody is at it. declined: the manufacturer does not do it. withdrawn: taken back by whoever asked, or the machine was sold.
 */
export const serviceStatuses = ['submitted', 'received', 'scheduled', 'in-progress', 'done', 'declined', 'withdrawn'] as const
export type ServiceStatus = (typeof serviceStatuses)[number]

export const serviceTransitions: Record<ServiceStatus, readonly ServiceStatus[]> = {
  submitted: ['received', 'scheduled', 'declined', 'withdrawn'],
  received: ['scheduled', 'in-progress', 'done', 'declined', 'withdrawn'],
  scheduled: ['received', 'in-progress', 'done', 'declined', 'withdrawn'],
  'in-progress': ['scheduled', 'done'],
  done: [],
  declined: [],
  withdrawn: [],
}

/** Whether a request may go from one status to another, moved by this side: whoever asked only takes it back. */
export const mayMove = (from: ServiceStatus, to: ServiceStatus, by: 'staff' | 'customer'): boolean =>
  serviceTransitions[from].includes(to) && (to === 'withdrawn') === (by === 'customer')

export const isClosed = (status: ServiceStatus): boolean => serviceTransitions[status].length === 0
