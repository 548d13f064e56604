import { useLanguage, useTexts } from '#platform/web'
import { type View, withBoundUnits } from '../core/index.ts'
import style from './choices.module.css'
import type { Prospects } from './engine-client.ts'
import type { ShownPlace } from './find-places.ts'
import { NumberGroupChoice } from './number-group-choice.tsx'
import { OptionChoice } from './option-choice.tsx'
import type { Take } from './use-configurator.ts'

interface GroupChoiceProps {
  view: View
  /** how controls stand while an answer is awaited */
  expected: View
  place: ShownPlace
  /** the step's own group has its name and help in the panel's head already */
  titled: boolean
  /** among results of a search what a group belongs to is said, since it may be elsewhere */
  searching: boolean
  prospects: Prospects
  take: Take
  onPoint(option: string | null): void
}

/** Deeper than this the indentation grows no further. */
const deepest = 4

/** One question of the model, set in under the option it belongs to. */
export function GroupChoice({ view, expected, place, titled, searching, prospects, take, onPoint }: GroupChoiceProps) {
  const language = useLanguage()
  const t = useTexts('configurator')
  const { group, depth, under, options } = place
  const inset = searching ? 0 : Math.min(depth, deepest)
  const belongs =
    under && (searching || depth > 0) && under.name.en !== group.name.en ? (
      <span className={style.rule}>{t('page.belongsTo', { name: withBoundUnits(under.name[language]) })}</span>
    ) : null
  const shape = `${style.place} ${inset > 0 ? style.inset : ''}`
  if (group.kind === 'number') {
    return (
      <div className={shape} data-depth={inset} data-group={group.id} data-kind={group.kind}>
        <NumberGroupChoice {...{ view, expected, group, take }} prospect={prospects.get(group.id)} />
      </div>
    )
  }
  const taken = options.some(option => expected.selection.options[option.id] !== undefined)
  const optional = group.kind === 'choose-one' && group.optional
  return (
    <fieldset className={shape} data-depth={inset} data-group={group.id} data-kind={group.kind}>
      {group.kind === 'yes-no' ? (
        <legend className="visually-hidden">{group.name[language]}</legend>
      ) : (
        <legend className={titled && group.kind === 'choose-one' ? 'visually-hidden' : style.legend}>
          {titled ? null : withBoundUnits(group.name[language])}
          {group.kind === 'choose-some' ? (
            <span className={style.rule}>{ruleOf(group.min ?? 0, group.max ?? group.options.length, group.options.length)}</span>
          ) : null}
          {belongs}
        </legend>
      )}
      {group.help && !titled ? <p className={style.help}>{group.help[language]}</p> : null}
      <ul className={style.options}>
        {optional && !searching ? (
          <li className={`${style.none} ${taken ? '' : style.noneTaken}`}>
            <label>
              <input type="radio" name={group.id} checked={!taken} onChange={() => take({ act: 'none', group: group.id })} />
              {t('page.none')}
            </label>
          </li>
        ) : null}
        {options.map(option => (
          <OptionChoice
            key={option.id}
            {...{ view, expected, option, take, onPoint }}
            control={group.kind === 'choose-one' ? 'radio' : 'checkbox'}
            name={group.id}
            prospect={prospects.get(option.id)}
          />
        ))}
      </ul>
    </fieldset>
  )

  function ruleOf(min: number, max: number, count: number): string {
    if (min === count) return t('page.allIncluded')
    if (min === 0 && max >= count) return t('page.chooseAny')
    return min === max ? t('page.chooseExactly', { count: min }) : t('page.chooseSome', { min, max })
  }
}
