import type { Group, Option, Selection } from '@fettle/engine'
import { type ConfiguratorStep, type Place, visibleOptions } from '../core/index.ts'

/** A place with those of its options that stand on the page. */
export interface ShownPlace extends Place {
  options: readonly Option[]
}

/** Places of a step with an option or a name that holds the text (in lower case), wherever they lie. */
export const searchIn = (step: ConfiguratorStep, text: string): ShownPlace[] =>
  step.places
    .map(place => {
      const options = visibleOptions(place.group)
      return { ...place, options: holds(place.group, text) ? options : options.filter(option => holds(option, text)) }
    })
    .filter(({ group, options }) => options.length > 0 || (group.kind === 'number' && holds(group, text)))

const holds = ({ name }: Group | Option, text: string): boolean =>
  name['zh-CN'].toLowerCase().includes(text) || name.en.toLowerCase().includes(text)

/** The first places with `limit` options in all; what is chosen comes first where a question has more than fit. */
export function cut(
  places: readonly (Place & { options?: readonly Option[] })[],
  limit: number,
  { options: taken }: Selection,
): ShownPlace[] {
  const shown: ShownPlace[] = []
  let room = limit
  for (const place of places) {
    if (room <= 0) break
    const options = place.options ?? visibleOptions(place.group)
    const fits = options.length <= room ? options : chosenFirst(options, taken).slice(0, room)
    shown.push({ ...place, options: fits })
    room -= Math.max(1, fits.length)
  }
  return shown
}

const chosenFirst = (options: readonly Option[], taken: Selection['options']): Option[] => [
  ...options.filter(({ id }) => taken[id] !== undefined),
  ...options.filter(({ id }) => taken[id] === undefined),
]

/** Options in these places, a number counted as one. */
export const sizeOf = (places: readonly { group: Group; options?: readonly Option[] }[]): number =>
  places.reduce((sum, { group, options }) => sum + Math.max(1, (options ?? visibleOptions(group)).length), 0)
