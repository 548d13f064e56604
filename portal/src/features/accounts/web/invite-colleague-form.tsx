import { isLanguage } from '#platform/core'
import { ActionButton, api, Choice, ChoiceGroup, newIdempotencyKey, TextField, useLanguage, useTexts } from '#platform/web'
import { companyRoles, inviteColleague } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { EmailField, LanguageField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { roleWords } from './role-words.ts'
import { useConfirmed } from './use-confirmed.tsx'
import { useEntry } from './use-entry.ts'

/** Whom to invite, as what, and in which language he is written to. */
export function InviteColleagueForm({ companyId, onDone }: { companyId: string; onDone(email: string): void }) {
  const t = useTexts('accounts')
  const here = useLanguage()
  const { confirmed, dialog } = useConfirmed()
  const entry = useEntry(
    typed => checkFields(['email'], typed, t, here),
    async typed => {
      const name = typed.text('name')
      const language = typed.text('language')
      const body = {
        email: typed.text('email'),
        ...(name ? { name } : {}),
        role: companyRoles.find(role => role === typed.text('role')) ?? 'company-member',
        language: isLanguage(language) ? language : here,
      }
      const call = { params: { companyId }, body, idempotencyKey: newIdempotencyKey() }
      const invited = await confirmed(token => api.call(inviteColleague, { ...call, ...token }))
      if (invited) onDone(invited.email)
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <p>{t('company.inviteLead')}</p>
        <ProblemNotice problem={entry.problem} />
        <EmailField error={entry.errors.email} foreign />
        <TextField
          label={t('company.inviteeName')}
          name="name"
          autoComplete="off"
          optional
          maxLength={100}
          help={t('company.inviteeNameHelp')}
          error={entry.errors.name}
        />
        <ChoiceGroup title={t('company.role')} error={entry.errors.role}>
          {companyRoles.toReversed().map(role => (
            <Choice
              key={role}
              type="radio"
              name="role"
              value={role}
              defaultChecked={role === 'company-member'}
              label={roleWords([role], here)}
              help={t(`company.roleHelp.${role}`)}
            />
          ))}
        </ChoiceGroup>
        <LanguageField help={t('company.languageHelp')} value={here} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('company.send')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}
