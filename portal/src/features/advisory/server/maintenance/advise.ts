import { isVisible, type Span } from '#features/devices/core'
import type { TypedDevice } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { type Advice, adviceFor, urgencies } from '../../core/index.ts'
import type { SignalSource } from '../signals.ts'
import { adviceOfType } from './plan.ts'

const unsaid = { 'zh-CN': '', en: '' }

/** What is advised on a machine now, because of what of it a reader may see, without why where he is not told what was found; most pressing first. Nothing where he does not see its present. */
export async function advise(
  platform: Platform,
  signalsOf: SignalSource,
  { id, typeId }: TypedDevice,
  spans: readonly Span[],
): Promise<Advice[]> {
  if (!spans.some(({ until }) => until === null)) return [] // what he has sold asks nothing of him
  const rules = await adviceOfType(platform.database, typeId)
  if (rules.length === 0) return []
  const signals = (await signalsOf(platform, [id])).get(id) ?? []
  const seen = signals.filter(({ since }) => isVisible(new Date(since), spans))
  return adviceFor(rules, seen)
    .map(({ rule: { when, ...rule }, because: { name, since } }) => ({
      ...(name ? rule : { ...rule, reason: unsaid }),
      ...{ because: name, since: name && since },
    }))
    .toSorted((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency))
}
