import { useTexts } from '#platform/web'
import style from './imports.module.css'

const steps = ['file', 'check', 'decide', 'done'] as const
export type Step = (typeof steps)[number]

/** How far one is: file, check, decide, done. */
export function Steps({ now }: { now: Step }) {
  const t = useTexts('imports')
  return (
    <ol className={style.steps} aria-label={t('stepOf', { now: steps.indexOf(now) + 1, all: steps.length })}>
      {steps.map(step => (
        <li key={step} aria-current={step === now ? 'step' : undefined}>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
