import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import type { LocalizedText } from '#platform/core'
import {
  ActionButton,
  Choice,
  ChoiceGroup,
  SelectField,
  TextAreaField,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { type RuleFields, ruleTells, severities } from '../core/index.ts'
import style from './alarms.module.css'
import { newGroupDraft } from './condition-draft.ts'
import { ConditionEditor } from './condition-editor.tsx'
import type { OfferedMetric } from './metric.ts'
import { fieldsOf, missingNumbers, type RuleDraft } from './rule-draft.ts'

interface Props {
  first: RuleDraft
  metrics: readonly OfferedMetric[]
  components: readonly { key: string; name: LocalizedText }[]
  zone: string
  /** a customer writes in his own language, which stands for both */
  oneLanguage: boolean
  save(fields: RuleFields): Promise<unknown>
}

/** What a rule says and when. What was typed stays where saving fails. */
export function RuleForm({ first, metrics, components, zone, oneLanguage, save }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const [draft, setDraft] = useState(first)
  const [missing, setMissing] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const { problem, fields, attempt } = useProblem()
  const set = (changed: Partial<RuleDraft>) => setDraft(before => ({ ...before, ...changed }))
  const errorOf = (path: string) => (missing.includes(path) ? t('rules.numberMissing') : fields[path])
  const words = (
    field: 'nameZh' | 'nameEn' | 'causeZh' | 'causeEn' | 'remedyZh' | 'remedyEn' | 'faultCode' | 'escalateAfter',
  ) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  })
  const submit = async () => {
    const places = missingNumbers(draft)
    setMissing(places)
    if (places.length > 0) return
    setBusy(true)
    await attempt(() => save(fieldsOf(draft, oneLanguage)))
    setBusy(false)
  }
  const editor = { metrics, zone, errorOf }
  return (
    <form
      className={style.form}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <ProblemNotice problem={problem} />
      <div className={style.two}>
        <TextField
          label={oneLanguage ? t('rules.name') : t('rules.nameZh')}
          help={t('rules.nameHelp')}
          required
          maxLength={80}
          error={fields['/name/zh-CN']}
          {...words('nameZh')}
        />
        {oneLanguage ? null : (
          <TextField label={t('rules.nameEn')} required maxLength={80} error={fields['/name/en']} {...words('nameEn')} />
        )}
        <SelectField
          label={t('severityTitle')}
          help={t('rules.severityHelp')}
          value={draft.severity}
          onChange={event => set({ severity: event.target.value as RuleDraft['severity'] })}
          options={severities.map(value => ({ value, label: t(`severity.${value}`) }))}
        />
      </div>
      <section className={style.section}>
        <h2>{t('rules.when')}</h2>
        <ConditionEditor {...editor} path="/raise" condition={draft.raise} onChange={raise => set({ raise })} />
      </section>
      <Choice
        type="checkbox"
        label={t('rules.ownClear')}
        help={t('rules.ownClearHelp')}
        checked={draft.clear !== null}
        onChange={event => set({ clear: event.target.checked ? newGroupDraft(metrics[0]?.key ?? '', zone) : null })}
      />
      {draft.clear ? (
        <section className={style.section}>
          <h2>{t('rules.whenOver')}</h2>
          <ConditionEditor {...editor} path="/clear" condition={draft.clear} onChange={clear => set({ clear })} />
        </section>
      ) : null}
      <section className={style.section}>
        <h2>{t('rules.more')}</h2>
        <div className={style.two}>
          <TextField label={t('faultCode')} optional maxLength={40} error={fields['/faultCode']} {...words('faultCode')} />
          <SelectField
            label={t('component')}
            value={draft.component}
            onChange={event => set({ component: event.target.value })}
            options={[
              { value: '', label: t('rules.noComponent') },
              ...components.map(({ key, name }) => ({ value: key, label: name[language] })),
            ]}
          />
          <TextField
            label={t('rules.escalate')}
            optional
            inputMode="numeric"
            help={t('rules.escalateHelp')}
            error={errorOf('/escalateAfter')}
            {...words('escalateAfter')}
          />
          {(['cause', 'remedy'] as const).map(field =>
            oneLanguage ? (
              <TextAreaField key={field} label={t(field)} optional rows={2} maxLength={1000} {...words(`${field}Zh`)} />
            ) : (
              <BothLanguages key={field} label={t(field)} zh={words(`${field}Zh`)} en={words(`${field}En`)} />
            ),
          )}
        </div>
      </section>
      {oneLanguage ? (
        <ChoiceGroup title={t('rules.tells')}>
          <p className={style.muted}>{t('rules.tellsHelp')}</p>
          {ruleTells.map(one => (
            <Choice
              key={one}
              type="checkbox"
              label={t(`rules.tellsWhom.${one}`)}
              checked={draft.tells.includes(one)}
              onChange={({ target }) =>
                set({ tells: ruleTells.filter(other => (other === one ? target.checked : draft.tells.includes(other))) })
              }
            />
          ))}
        </ChoiceGroup>
      ) : null}
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={busy}>
          {t('rules.save')}
        </ActionButton>
      </div>
    </form>
  )
}

type Words = { value: string; onChange: (event: { target: { value: string } }) => void }

function BothLanguages({ label, zh, en }: { label: string; zh: Words; en: Words }) {
  const t = useTexts('alarms')
  return (
    <>
      <TextAreaField label={t('inChinese', { label })} optional rows={2} maxLength={1000} {...zh} />
      <TextAreaField label={t('inEnglish', { label })} optional rows={2} maxLength={1000} {...en} />
    </>
  )
}
