import { useState } from 'react'
import type { Typed } from '#features/accounts/web'
import { type Severity, severities } from '#features/alarms/core'
import { Choice, ChoiceGroup, type FieldMessages, SelectField, TextField, useTexts } from '#platform/web'
import { type WebhookKind, type WebhookView, webhookKinds } from '../core/index.ts'
import type { Choosable } from './load-webhooks.ts'
import style from './webhooks.module.css'

interface FieldsProps {
  /** null: a new one */
  webhook: WebhookView | null
  /** empty: no choice of machines */
  machines: readonly Choosable[]
  errors: FieldMessages
}

/** What a program is told of. */
export function WebhookFields({ webhook, machines, errors }: FieldsProps) {
  const t = useTexts('webhooks')
  const ofAlarms = useTexts('alarms')
  const [chosen, setChosen] = useState(webhook?.devices != null)
  const severity = (value: Severity) => t('from', { severity: ofAlarms(`severity.${value}`) })
  // those chosen once stay to be seen, though they may be somebody else's by now
  const listed = [...machines, ...(webhook?.devices ?? []).filter(({ id }) => !machines.some(one => one.id === id))]
  return (
    <>
      <TextField
        label={t('name')}
        name="name"
        autoComplete="off"
        required
        maxLength={60}
        help={t('nameHelp')}
        defaultValue={webhook?.name ?? ''}
        error={errors.name}
      />
      <ChoiceGroup title={t('kinds')} error={errors.kinds}>
        {webhookKinds.map(kind => (
          <Choice
            key={kind}
            type="checkbox"
            name="kinds"
            value={kind}
            defaultChecked={webhook ? webhook.kinds.includes(kind) : usual.includes(kind)}
            label={t(`kind.${kind}`)}
          />
        ))}
      </ChoiceGroup>
      <SelectField
        label={t('severityFrom')}
        name="severityFrom"
        defaultValue={webhook?.severityFrom ?? 'low'}
        help={t('severityFromHelp')}
        options={severities.map(value => ({ value, label: severity(value) }))}
      />
      {listed.length > 0 ? (
        <ChoiceGroup title={t('machines')} error={errors.deviceIds}>
          <Choice
            type="radio"
            name="which"
            value="all"
            checked={!chosen}
            onChange={() => setChosen(false)}
            label={t('all')}
            help={t('allHelp')}
          />
          <Choice
            type="radio"
            name="which"
            value="chosen"
            checked={chosen}
            onChange={() => setChosen(true)}
            label={t('chosen')}
          />
          {chosen ? (
            <div className={style.machines}>
              {listed.map(({ id, serial, model }) => (
                <Choice
                  key={id}
                  type="checkbox"
                  name="deviceIds"
                  value={id}
                  defaultChecked={webhook?.devices?.some(one => one.id === id) ?? false}
                  label={`${model} ${serial}`}
                />
              ))}
            </div>
          ) : null}
        </ChoiceGroup>
      ) : null}
    </>
  )
}

const usual: readonly WebhookKind[] = ['alarm.raised', 'alarm.cleared']

/** Messages by field name, for what was left open. */
export const missingIn = (typed: Typed, t: (key: string) => string): FieldMessages => ({
  ...(typed.text('name') ? {} : { name: t('nameMissing') }),
  ...(typed.all('kinds').length > 0 ? {} : { kinds: t('kindsMissing') }),
  ...(typed.text('which') === 'chosen' && typed.all('deviceIds').length === 0 ? { deviceIds: t('machinesMissing') } : {}),
})

export const fieldsIn = (typed: Typed) => ({
  name: typed.text('name'),
  kinds: typed.all('kinds') as WebhookKind[],
  severityFrom: typed.text('severityFrom') as Severity,
  deviceIds: typed.text('which') === 'chosen' ? typed.all('deviceIds') : null,
})
