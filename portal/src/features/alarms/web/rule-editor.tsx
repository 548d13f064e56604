import { useState } from 'react'
import { useNavigate, useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import type { LocalizedText } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  ConfirmDialog,
  Notice,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import {
  changeAlarmRule,
  createAlarmRule,
  deleteAlarmRule,
  type RuleFields,
  type RuleView,
  switchAlarmRule,
} from '../core/index.ts'
import style from './alarms.module.css'
import type { OfferedMetric } from './metric.ts'
import { draftOf, newRuleDraft } from './rule-draft.ts'
import { RuleForm } from './rule-form.tsx'
import { Trial } from './trial.tsx'

interface Props {
  /** null: a new one */
  rule: RuleView | null
  /** of a new one: the machine or type it is for */
  scope: { deviceId: string } | { typeId: string }
  metrics: readonly OfferedMetric[]
  components: readonly { key: string; name: LocalizedText }[]
  /** on which it may be tried */
  machines: readonly { id: string; name: string }[]
  zone: string
  oneLanguage: boolean
  /** where a rule's own page is, and whence one came */
  pathOf: (ruleId: string) => string
  back: string
}

/** A rule from draft to active: written, tried on history, activated; switched off and deleted. */
export function RuleEditor({ rule, scope, metrics, components, machines, zone, oneLanguage, pathOf, back }: Props) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [asking, setAsking] = useState(false)
  const [saved, setSaved] = useState(false)
  const [empty, setEmpty] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const draft = rule ? draftOf(rule, zone) : newRuleDraft(metrics[0]?.key ?? '', zone)
  const save = async (fields: RuleFields) => {
    if (!rule) {
      const made = await api.call(createAlarmRule, { body: { ...fields, ...scope } })
      await navigate(pathOf(made.id))
      return
    }
    await api.call(changeAlarmRule, { params: { ruleId: rule.id }, body: fields, ifMatch: String(rule.revision) })
    await revalidate()
    setSaved(true)
  }
  const turn = async (state: 'active' | 'off', untried = false) => {
    if (!rule) return
    setSaved(false)
    setConfirming(false)
    await attempt(() =>
      api.call(switchAlarmRule, { params: { ruleId: rule.id }, body: { state, untried }, ifMatch: String(rule.revision) }),
    )
    await revalidate()
  }
  const tried = (readings: number) => {
    setEmpty(readings === 0)
    if (readings > 0) void revalidate()
  }
  const remove = async () => {
    setAsking(false)
    if (!rule) return
    await attempt(async () => {
      await api.call(deleteAlarmRule, { params: { ruleId: rule.id } })
      await navigate(back)
    })
  }
  return (
    <div className={style.column}>
      <p className={style.head}>
        <ActionLink size="small" to={back}>
          {t('rules.back')}
        </ActionLink>
        {rule ? (
          <StatusBadge tone={rule.state === 'active' ? 'good' : 'neutral'}>{t(`rules.state.${rule.state}`)}</StatusBadge>
        ) : null}
      </p>
      {rule?.state === 'active' ? <Notice tone="warn" title={t('rules.changeWarning')} /> : null}
      {saved ? <p role="status">{t('rules.savedDraft')}</p> : null}
      <RuleForm key={rule?.revision ?? 0} first={draft} {...{ metrics, components, zone, oneLanguage, save }} />
      {rule ? (
        <>
          <Trial key={rule.revision} ruleId={rule.id} machines={machines} onTried={tried} />
          <ProblemNotice problem={problem} />
          <div className={style.actions}>
            {rule.state === 'active' ? (
              <ActionButton onClick={() => void turn('off')}>{t('rules.switchOff')}</ActionButton>
            ) : (
              <ActionButton strength="primary" disabled={rule.testedAt === null} onClick={() => void turn('active')}>
                {t('rules.activate')}
              </ActionButton>
            )}
            {rule.state !== 'active' && rule.testedAt === null && empty ? (
              <ActionButton onClick={() => setConfirming(true)}>{t('rules.activateUntried')}</ActionButton>
            ) : null}
            <ActionButton onClick={() => setAsking(true)}>{t('rules.delete')}</ActionButton>
            {rule.testedAt === null && rule.state !== 'active' ? <span className={style.muted}>{t('rules.untried')}</span> : null}
            {rule.state === 'active' ? <span role="status">{t('rules.active')}</span> : null}
          </div>
          <ConfirmDialog
            open={confirming}
            title={t('rules.untriedTitle', { name: rule.name[language] })}
            action={t('rules.activateUntried')}
            onConfirm={() => void turn('active', true)}
            onClose={() => setConfirming(false)}
          >
            <p>{t('rules.untriedText')}</p>
          </ConfirmDialog>
          <ConfirmDialog
            open={asking}
            danger
            title={t('rules.deleteTitle', { name: rule.name[language] })}
            action={t('rules.delete')}
            onConfirm={() => void remove()}
            onClose={() => setAsking(false)}
          >
            <p>{t('rules.deleteText')}</p>
          </ConfirmDialog>
        </>
      ) : null}
    </div>
  )
}
