import { texts } from './texts.ts'

/** Every action the log has words for: 'lead.changed'. In texts an underscore stands for the dot, which leads deeper there. */
export const auditedActions: readonly string[] = Object.keys(texts.en.action).map(key => key.replace('_', '.'))
