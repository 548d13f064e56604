import { conflict, type ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const provisioningProblems: NonNullable<ServerFeature['problems']> = {
  'device-list-wrong': {
    status: 409,
    title: { 'zh-CN': '清单有错误', en: 'The list has errors' },
    explanation: {
      'zh-CN': '清单整体登记；只要有一处错误，就不登记任何机器。',
      en: 'A list is registered as a whole: as long as one cell of it is wrong, no machine is.',
    },
  },
  'device-list-changed': {
    status: 409,
    title: { 'zh-CN': '检查后有变化', en: 'Something changed since the check' },
    explanation: {
      'zh-CN': '检查之后，文件或门户中的机器、机型、公司有了变化，结果与显示的不同。',
      en: 'Since the check the file, or machines, types or companies of the portal have changed, so that other than what was shown would be written.',
    },
  },
  'device-list-empty': {
    status: 409,
    title: { 'zh-CN': '没有新机器', en: 'Nothing new' },
    explanation: {
      'zh-CN': '清单中的机器都已登记。',
      en: 'All machines of the list are registered already.',
    },
  },
}

export const listWrong = (errors: number) =>
  conflict(
    'device-list-wrong',
    { 'zh-CN': `清单中有 ${errors} 处错误，没有登记任何机器。`, en: `The list has ${errors} errors. No machine was registered.` },
    { 'zh-CN': '请按标出的单元格改正后重新上传。', en: 'Correct the cells that are marked, and upload it again.' },
  )

export const listChanged = () =>
  conflict(
    'device-list-changed',
    {
      'zh-CN': '检查之后有了变化，没有登记任何机器。',
      en: 'Something has changed since the check. No machine was registered.',
    },
    { 'zh-CN': '请重新检查此文件。', en: 'Have the file checked again.' },
  )

export const listEmpty = () =>
  conflict(
    'device-list-empty',
    { 'zh-CN': '清单中的机器都已登记，没有更改。', en: 'All machines of the list are registered already; nothing was changed.' },
    { 'zh-CN': '请在机器列表中查看它们。', en: 'Look at them in the list of machines.' },
  )
