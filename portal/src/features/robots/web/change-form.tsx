import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, useTexts } from '#platform/web'
import { changeRobot, type RobotSubject, type RobotView } from '../core/index.ts'
import style from './robots.module.css'
import { SubjectFields, subjectsIn } from './subject-fields.tsx'

interface ChangeFormProps {
  robot: RobotView
  /** what it can be told of */
  subjects: readonly RobotSubject[]
  onChanged(): void
}

/** Changes what is written into a chat. */
export function ChangeForm({ robot, subjects, onChanged }: ChangeFormProps) {
  const t = useTexts('robots')
  const entry = useEntry(
    () => ({}),
    async typed => {
      await api.call(changeRobot, {
        params: { robotId: robot.id },
        body: subjectsIn(typed),
        ifMatch: String(robot.revision),
      })
      onChanged()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <SubjectFields subjects={subjects} tells={robot.tells} alarmsFrom={robot.alarmsFrom} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('save')}
      </ActionButton>
    </form>
  )
}
