import type { Call } from './call.ts'

export const platformCalls: Record<string, Call> = {
  'platform.listen': {
    call: () => ({ query: { topics: 'leads' } }),
    operation: { method: 'GET', path: '/live', access: { staff: 'lead.read' }, status: 200 },
  },
}
