import type { Typed } from '#features/accounts/web'
import type { Severity } from '#features/alarms/core'
import { severities } from '#features/alarms/core'
import { Choice, ChoiceGroup, SelectField, useTexts } from '#platform/web'
import { type RobotSubject, robotSubjects } from '../core/index.ts'

/** What a chat is told of, and alarms of which severity. */
export function SubjectFields({ tells, alarmsFrom }: { tells: readonly RobotSubject[]; alarmsFrom: Severity }) {
  const t = useTexts('robots')
  const ofAlarms = useTexts('alarms')
  return (
    <>
      <ChoiceGroup title={t('tells')}>
        {robotSubjects.map(subject => (
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
      <SelectField
        label={t('alarmsFrom')}
        name="alarmsFrom"
        defaultValue={alarmsFrom}
        help={t('alarmsFromHelp')}
        options={severities.map(value => ({ value, label: ofAlarms(`severity.${value}`) }))}
      />
    </>
  )
}

export const subjectsIn = (typed: Typed) => ({
  tells: typed.all('tells') as RobotSubject[],
  alarmsFrom: typed.text('alarmsFrom') as Severity,
})
