import { useState } from 'react'
import { formatDate } from '#platform/core'
import { ActionButton, api, BottomSheet, type FieldMessages, TextField, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { addPasskey, beginPasskey, type PasskeyView, removePasskey, renamePasskey, type SecurityView } from '../core/index.ts'
import { makePasskey } from './ask-passkey.ts'
import { ProblemNotice } from './fields.tsx'
import formStyle from './form-page.module.css'
import { ProofForm } from './proof-form.tsx'
import style from './security.module.css'
import { SecurityItem } from './security-item.tsx'
import { useEntry } from './use-entry.ts'

type Sheet = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: PasskeyView }

/** The passkeys of the account: add, rename, remove. */
export function PasskeysItem({ security, onChanged }: { security: SecurityView; onChanged(message: string): void }) {
  const t = useTexts('accounts')
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const { passkeys, methods } = security
  const finish = (message: string) => {
    setSheet(null)
    onChanged(message)
  }
  return (
    <SecurityItem
      title={t('passkeys.title')}
      state={t(passkeys.length > 0 ? 'passkeys.some' : 'passkeys.none')}
      actions={
        <ActionButton size="small" onClick={() => setSheet({ kind: 'add' })}>
          {t('passkeys.add')}
        </ActionButton>
      }
    >
      {passkeys.length > 0 ? (
        <ul className={style.list}>
          {passkeys.map(passkey => (
            <PasskeyLine key={passkey.id} passkey={passkey} onChoose={kind => setSheet({ kind, passkey })} />
          ))}
        </ul>
      ) : null}
      <BottomSheet open={sheet !== null} title={sheet ? titleOf(sheet, t) : ''} onClose={() => setSheet(null)}>
        {sheet?.kind === 'add' ? (
          <ProofForm
            methods={methods}
            action={t('passkeys.add')}
            onProof={async (proof, typed) => {
              const options = await api.call(beginPasskey, { body: { proof } })
              const response = await makePasskey(options, t)
              await api.call(addPasskey, { body: { response, name: typed.text('passkeyName') || t('passkeys.presetName') } })
              finish(t('passkeys.added'))
            }}
          >
            <NameField value={t('passkeys.presetName')} />
            <p>{t('passkeys.addLead')}</p>
          </ProofForm>
        ) : null}
        {sheet?.kind === 'rename' ? <RenameForm passkey={sheet.passkey} onDone={() => finish(t('passkeys.renamed'))} /> : null}
        {sheet?.kind === 'remove' ? (
          <ProofForm
            methods={methods}
            action={t('passkeys.remove')}
            onProof={async proof => {
              await api.call(removePasskey, { params: { passkeyId: sheet.passkey.id }, body: { proof } })
              finish(t('passkeys.removed'))
            }}
          >
            <p>{t('passkeys.removeLead')}</p>
          </ProofForm>
        ) : null}
      </BottomSheet>
    </SecurityItem>
  )
}

const titleOf = (sheet: Sheet, t: ReturnType<typeof useTexts>): string => {
  if (sheet.kind === 'add') return t('passkeys.addTitle')
  return sheet.kind === 'rename' ? t('passkeys.renameTitle') : t('passkeys.removeTitle', { name: sheet.passkey.name })
}

function PasskeyLine({ passkey, onChoose }: { passkey: PasskeyView; onChoose(kind: 'rename' | 'remove'): void }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const date = (at: string) => ({ date: formatDate(at, language, zone) })
  const facts = [
    t('passkeys.addedOn', date(passkey.createdAt)),
    passkey.usedAt ? t('passkeys.usedOn', date(passkey.usedAt)) : t('passkeys.neverUsed'),
    ...(passkey.synced ? [t('passkeys.synced')] : []),
  ]
  return (
    <li>
      <span>
        <strong>{passkey.name}</strong>
        <small>{facts.join(' · ')}</small>
      </span>
      <span className={style.actions}>
        <ActionButton size="small" strength="quiet" onClick={() => onChoose('rename')}>
          {t('passkeys.rename')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" onClick={() => onChoose('remove')}>
          {t('passkeys.remove')}
        </ActionButton>
      </span>
    </li>
  )
}

function RenameForm({ passkey, onDone }: { passkey: PasskeyView; onDone(): void }) {
  const t = useTexts('accounts')
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('passkeyName') ? {} : { name: t('passkeys.nameMissing') }),
    async typed => {
      await api.call(renamePasskey, { params: { passkeyId: passkey.id }, body: { name: typed.text('passkeyName') } })
      onDone()
    },
  )
  return (
    <form className={formStyle.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <NameField value={passkey.name} error={entry.errors.name} />
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('passkeys.save')}
      </ActionButton>
    </form>
  )
}

function NameField({ value, error }: { value: string; error?: string | undefined }) {
  const t = useTexts('accounts')
  return (
    <TextField
      label={t('passkeys.name')}
      name="passkeyName"
      autoComplete="off"
      required
      maxLength={60}
      help={t('passkeys.nameHelp')}
      defaultValue={value}
      error={error}
    />
  )
}
