import { ProblemNotice, useConfirmed, useEntry } from '#features/accounts/web'
import { offeredLanguages } from '#platform/core'
import { ActionButton, api, Choice, ChoiceGroup, type FieldMessages, TextField, useLanguage, useTexts } from '#platform/web'
import { addRobot, type RobotKind, type RobotSubject, robotKinds } from '../core/index.ts'
import style from './robots.module.css'
import { SubjectFields, subjectsIn } from './subject-fields.tsx'

/** The robot of a group chat, as its settings show it. */
export function RobotForm({ subjects, onAdded }: { subjects: readonly RobotSubject[]; onAdded(): void }) {
  const t = useTexts('robots')
  const shown = useLanguage()
  const offered = offeredLanguages()
  const { confirmed, dialog } = useConfirmed()
  const entry = useEntry(
    (typed): FieldMessages => ({
      ...(typed.text('name') ? {} : { name: t('nameMissing') }),
      ...(typed.text('address') ? {} : { address: t('addressMissing') }),
    }),
    async typed => {
      const body = {
        kind: typed.text('kind') as RobotKind,
        name: typed.text('name'),
        address: typed.text('address'),
        secret: typed.text('secret'),
        ...subjectsIn(typed),
        language: offered.find(language => language === typed.text('language')) ?? shown,
      }
      if (await confirmed(token => api.call(addRobot, { body, ...token }))) onAdded()
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <ChoiceGroup title={t('kind')}>
          {robotKinds.map((kind, place) => (
            <Choice key={kind} type="radio" name="kind" value={kind} defaultChecked={place === 0} label={t(`kindName.${kind}`)} />
          ))}
        </ChoiceGroup>
        <TextField label={t('name')} name="name" autoComplete="off" required maxLength={60} error={entry.errors.name} />
        <TextField
          label={t('address')}
          name="address"
          type="url"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={500}
          help={t('addressHelp')}
          error={entry.errors.address}
        />
        <TextField
          label={t('secret')}
          name="secret"
          autoComplete="off"
          spellCheck={false}
          optional
          maxLength={200}
          help={t('secretHelp')}
          error={entry.errors.secret}
        />
        <SubjectFields subjects={subjects} tells={subjects.slice(0, 1)} alarmsFrom="high" />
        {offered.length > 1 ? (
          <ChoiceGroup title={t('language')}>
            {offered.map(language => (
              <Choice
                key={language}
                type="radio"
                name="language"
                value={language}
                defaultChecked={language === shown}
                label={t(`languageName.${language}`)}
              />
            ))}
          </ChoiceGroup>
        ) : null}
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('submit')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}
