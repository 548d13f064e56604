import { isVisible, type Span } from '#features/devices/core'
import type { TypedDevice } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import { type Advice, adviceFor, urgencies } from '../../core/index.ts'
import type { PackageSource } from '../advised-packages.ts'
import type { SignalSource } from '../signals.ts'
import { adviceOfType } from './plan.ts'

/** By what a reader is advised: what machines show, what is sold for them, and who he is. */
export interface Advisers {
  signalsOf: SignalSource
  packages: PackageSource
  account: Account | null
}

const unsaid = { 'zh-CN': '', en: '' }

/** What is advised on a machine now, because of what of it a reader may see, without why where he is not told what was found; most pressing first. Nothing where he does not see its present. */
export async function advise(
  platform: Platform,
  { signalsOf, packages, account }: Advisers,
  { id, typeId }: TypedDevice,
  spans: readonly Span[],
): Promise<Advice[]> {
  if (!spans.some(({ until }) => until === null)) return [] // what he has sold asks nothing of him
  const rules = await adviceOfType(platform.database, typeId)
  if (rules.length === 0) return []
  const signals = (await signalsOf(platform, [id])).get(id) ?? []
  const seen = signals.filter(({ since }) => isVisible(new Date(since), spans))
  const given = adviceFor(rules, seen)
  const sold = account && given.some(({ rule }) => rule.packageId) ? await packages.atMachine(platform, account, id) : null
  return given
    .map(({ rule: { when, packageId, ...rule }, because: { name, since } }) => {
      const known = packageId && sold?.get(packageId)
      return {
        ...(name ? rule : { ...rule, reason: unsaid }),
        ...{ because: name, since: name && since, package: known ? { id: packageId, ...known } : null },
      }
    })
    .toSorted((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency))
}
