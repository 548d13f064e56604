import { inLanguage } from '#platform/core'
import {
  ActionButton,
  api,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  SelectField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { keyDays, makeApiKey, type NewApiKey, type PermissionName, permissionTable } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { useConfirmed } from './use-confirmed.tsx'
import { useEntry } from './use-entry.ts'

const daysOffered = [30, keyDays.preset, 180, keyDays.max]

interface ApiKeyFormProps {
  /** what its maker may do himself */
  scopes: readonly PermissionName[]
  onMade(key: NewApiKey): void
}

/** Name, end and scopes of a new key; nothing is ticked beforehand. */
export function ApiKeyForm({ scopes, onMade }: ApiKeyFormProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { confirmed, dialog } = useConfirmed()
  const entry = useEntry(
    (typed): FieldMessages => ({
      ...(typed.text('keyName') ? {} : { name: t('apiKeys.nameMissing') }),
      ...(typed.all('scopes').length > 0 ? {} : { scopes: t('apiKeys.scopesMissing') }),
    }),
    async typed => {
      const body = {
        name: typed.text('keyName'),
        scopes: scopes.filter(scope => typed.all('scopes').includes(scope)),
        days: Number(typed.text('days')),
      }
      const made = await confirmed(token => api.call(makeApiKey, { body, ...token }))
      if (made) onMade(made)
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <TextField
          label={t('apiKeys.name')}
          name="keyName"
          autoComplete="off"
          required
          maxLength={60}
          help={t('apiKeys.nameHelp')}
          error={entry.errors.name}
          data-first-focus
        />
        <SelectField
          label={t('apiKeys.days')}
          help={t('apiKeys.daysHelp')}
          error={entry.errors.days}
          name="days"
          defaultValue={keyDays.preset}
          options={daysOffered.map(days => ({
            value: days,
            label: days === keyDays.max ? t('apiKeys.year') : t('apiKeys.daysChoice', { count: days }),
          }))}
        />
        <ChoiceGroup title={t('apiKeys.scopes')} error={entry.errors.scopes}>
          <p className={style.muted}>{t('apiKeys.scopesHelp')}</p>
          {scopes.map(scope => (
            <Choice
              key={scope}
              type="checkbox"
              name="scopes"
              value={scope}
              label={<span className={style.sentence}>{inLanguage(permissionTable[scope].allows, language)}</span>}
              help={<code>{scope}</code>}
            />
          ))}
        </ChoiceGroup>
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('apiKeys.make')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}
