import type { LocalizedText } from '#platform/core'
import { conflict } from '#platform/server'

export const movedOn = () =>
  conflict(
    'import-moved-on',
    { 'zh-CN': '此导入已写入、正在写入或已撤回。', en: 'This import is being written, was written, or was taken back.' },
    { 'zh-CN': '请刷新页面查看当前状态。', en: 'Reload the page to see how it stands.' },
  )

export const undecided = (rows: number) =>
  conflict(
    'import-undecided',
    { 'zh-CN': `还有 ${rows} 家可能重复的公司没有决定。`, en: `${rows} companies that may be known are not decided yet.` },
    { 'zh-CN': '请先逐家决定，或全部按相同处理。', en: 'Decide about each of them, or treat all as the same.' },
  )

export const nothingToWrite = () =>
  conflict(
    'import-empty',
    { 'zh-CN': '文件中没有可以写入的内容。', en: 'There is nothing in the file to be written.' },
    {
      'zh-CN': '请改正标出的错误后重新上传；没有错误则说明内容都已在门户中。',
      en: 'Correct what is marked and upload it again; where nothing is, everything is known already.',
    },
  )

export const inUse = (names: readonly string[]) => {
  const list: LocalizedText = { 'zh-CN': names.join('、'), en: names.join(', ') }
  return conflict(
    'import-in-use',
    {
      'zh-CN': `此导入新建的公司或机器已被使用${list['zh-CN'] && `：${list['zh-CN']}`}。没有撤回任何内容。`,
      en: `Something has come to depend on what this import made${list.en && `: ${list.en}`}. Nothing was taken back.`,
    },
    { 'zh-CN': '请逐家修改这些公司。', en: 'Correct these companies one by one.' },
  )
}
