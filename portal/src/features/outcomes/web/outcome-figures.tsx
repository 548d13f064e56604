import { useLanguage } from '#platform/web'
import { figureWords, type Outcome } from '../core/index.ts'
import style from './outcomes.module.css'

/** The four figures of what came of warnings, each with what it rests on; where that is too little, in words instead of a number. */
export function OutcomeFigures({ outcome }: { outcome: Outcome }) {
  const language = useLanguage()
  return (
    <dl className={style.figures}>
      {figureWords(outcome, language).map(({ title, number, basis, help }) => (
        <div key={title} className={style.figure}>
          <dt>{title}</dt>
          <dd className={style.number}>{number}</dd>
          <dd>{basis}</dd>
          {help ? <dd>{help}</dd> : null}
        </div>
      ))}
    </dl>
  )
}
