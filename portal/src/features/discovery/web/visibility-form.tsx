import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, Choice, ChoiceGroup, Notice, useTexts } from '#platform/web'
import type { Discovery } from '../core/index.ts'
import style from './discovery-page.module.css'
import type { Save } from './discovery-page.tsx'

/** Whether engines may show the portal. */
export function VisibilityForm({ discovery, save, saved }: { discovery: Discovery; save: Save; saved: boolean }) {
  const t = useTexts('discovery')
  const entry = useEntry(
    () => ({}),
    typed => save({ hidden: typed.text('hidden') === 'true' }),
  )
  return (
    <section className={style.part}>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <ChoiceGroup title={<h2>{t('visibility.title')}</h2>}>
          <Choice
            type="radio"
            name="hidden"
            value="false"
            defaultChecked={!discovery.hidden}
            label={t('visibility.open')}
            help={t('visibility.openHelp', { count: discovery.pages })}
          />
          <Choice
            type="radio"
            name="hidden"
            value="true"
            defaultChecked={discovery.hidden}
            label={t('visibility.hidden')}
            help={t('visibility.hiddenHelp')}
          />
        </ChoiceGroup>
        {saved ? <Notice tone="good" live title={t('saved')} /> : null}
        <ActionButton type="submit" disabled={entry.busy}>
          {t('save')}
        </ActionButton>
      </form>
    </section>
  )
}
