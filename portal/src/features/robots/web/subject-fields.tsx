import type { Typed } from '#features/accounts/web'
import type { Severity } from '#features/alarms/core'
import { severities } from '#features/alarms/core'
import { Choice, ChoiceGroup, SelectField, useTexts } from '#platform/web'
import type { RobotSubject } from '../core/index.ts'

interface SubjectFieldsProps {
  /** what it can be told of; where that is one thing alone, it is told of it */
  subjects: readonly RobotSubject[]
  tells: readonly RobotSubject[]
  alarmsFrom: Severity
}

/** What a chat is told of, and alarms of which severity. */
export function SubjectFields({ subjects, tells, alarmsFrom }: SubjectFieldsProps) {
  const t = useTexts('robots')
  const ofAlarms = useTexts('alarms')
  const [only] = subjects.length === 1 ? subjects : []
  return (
    <>
      {only ? (
        <input type="hidden" name="tells" value={only} />
      ) : (
        <ChoiceGroup title={t('tells')}>
          {subjects.map(subject => (
            <Choice
              key={subject}
              type="checkbox"
              name="tells"
              value={subject}
              defaultChecked={tells.includes(subject)}
              label={t(`subject.${subject}`)}
            />
          ))}
        </ChoiceGroup>
      )}
      <SelectField
        label={t('alarmsFrom')}
        name="alarmsFrom"
        defaultValue={alarmsFrom}
        help={only ? undefined : t('alarmsFromHelp')}
        options={severities.map(value => ({ value, label: ofAlarms(`severity.${value}`) }))}
      />
    </>
  )
}

export const subjectsIn = (typed: Typed) => ({
  tells: typed.all('tells') as RobotSubject[],
  alarmsFrom: typed.text('alarmsFrom') as Severity,
})
