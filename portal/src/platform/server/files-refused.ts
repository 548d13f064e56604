import { acceptedNames, type LocalizedText } from '#platform/core'
import type { Failure } from './errors.ts'
import { platformFailure } from './http-failures.ts'

/** Why a file is not taken, by a stable name for callers, with what the sender can do about it. */
const reasons = {
  empty: {
    detail: { 'zh-CN': '文件是空的。', en: 'The file is empty.' },
    remedy: { 'zh-CN': '请选择有内容的文件。', en: 'Choose a file that has something in it.' },
  },
  unknown: {
    detail: { 'zh-CN': '不支持此类文件。', en: 'This kind of file is not taken.' },
    remedy: { 'zh-CN': `可上传：${acceptedNames}。`, en: `Send one of these: ${acceptedNames}.` },
  },
  'no-picture': {
    detail: { 'zh-CN': '这不是 PNG、JPEG 或 WebP 图片。', en: 'This is not a picture in PNG, JPEG or WebP.' },
    remedy: {
      'zh-CN': '请另存为 PNG 后上传；SVG 可能含有脚本，不接受。',
      en: 'Save it as PNG and send that. SVG may carry scripts and is not taken.',
    },
  },
  markup: {
    detail: {
      'zh-CN': '不接受 HTML、SVG 和 XML 文件，其中可能含有脚本。',
      en: 'HTML, SVG and XML files may carry scripts and are not taken.',
    },
    remedy: { 'zh-CN': '请另存为 PDF 或 PNG 后上传。', en: 'Save it as PDF or PNG and send that.' },
  },
  heic: {
    detail: { 'zh-CN': '不支持 HEIC 照片。', en: 'HEIC photos are not taken.' },
    remedy: { 'zh-CN': '请在相册中另存为 JPEG 后上传。', en: 'Save the photo as JPEG and send that.' },
  },
  'old-office': {
    detail: {
      'zh-CN': '不支持旧版 Office 文件，其中可能含有宏。',
      en: 'Files of old Office versions may carry macros and are not taken.',
    },
    remedy: { 'zh-CN': '请另存为 DOCX、XLSX 或 PDF 后上传。', en: 'Save it as DOCX, XLSX or PDF and send that.' },
  },
  macros: {
    detail: { 'zh-CN': '文档中含有宏。', en: 'The document carries macros.' },
    remedy: {
      'zh-CN': '请另存为不含宏的 DOCX、XLSX 或 PDF 后上传。',
      en: 'Save it without macros as DOCX, XLSX or PDF and send that.',
    },
  },
  encrypted: {
    detail: { 'zh-CN': '文件设有密码，无法检查。', en: 'The file is protected by a password and cannot be checked.' },
    remedy: { 'zh-CN': '请去掉密码后上传。', en: 'Remove the password and send it again.' },
  },
  'archive-broken': {
    detail: { 'zh-CN': '压缩包已损坏或格式异常。', en: 'The archive is damaged or unusual.' },
    remedy: {
      'zh-CN': '请重新压缩为普通 ZIP，或逐个上传文件。',
      en: 'Pack it again as an ordinary ZIP, or send the files one by one.',
    },
  },
  'archive-bomb': {
    detail: { 'zh-CN': '压缩包解开后过大或文件过多。', en: 'The archive holds too much once it is unpacked.' },
    remedy: { 'zh-CN': '请拆分后上传，或逐个上传文件。', en: 'Split it, or send the files one by one.' },
  },
  'archive-program': {
    detail: {
      'zh-CN': '压缩包中含有程序、脚本或另一个压缩包。',
      en: 'The archive holds a program, a script or another archive.',
    },
    remedy: { 'zh-CN': '请只保留图纸、文档和照片。', en: 'Leave only drawings, documents and photos in it.' },
  },
  'picture-broken': {
    detail: { 'zh-CN': '图片已损坏，无法读取。', en: 'The picture is damaged and cannot be read.' },
    remedy: { 'zh-CN': '请重新保存图片后上传。', en: 'Save the picture again and send that.' },
  },
  'picture-too-large': {
    detail: { 'zh-CN': '图片超过 1 亿像素。', en: 'The picture has more than 100 million pixels.' },
    remedy: { 'zh-CN': '请缩小图片后上传。', en: 'Make the picture smaller and send that.' },
  },
  'no-workbook': {
    detail: { 'zh-CN': '这不是 Excel 工作簿（.xlsx）。', en: 'This is not an Excel workbook (.xlsx).' },
    remedy: { 'zh-CN': '请在 Excel 或 WPS 中另存为 .xlsx 后上传。', en: 'Save it as .xlsx in Excel and send that.' },
  },
  'no-table': {
    detail: { 'zh-CN': '这不是文本格式的 CSV 文件。', en: 'This is not a CSV file of text.' },
    remedy: {
      'zh-CN': '请另存为 .xlsx，或 UTF-8 编码的 CSV 后上传。',
      en: 'Save it as .xlsx, or as CSV in UTF-8, and send that.',
    },
  },
  'workbook-broken': {
    detail: { 'zh-CN': '工作簿已损坏或格式异常，无法读取。', en: 'The workbook is damaged or unusual and cannot be read.' },
    remedy: {
      'zh-CN': '请在 Excel 中打开，另存为新的 .xlsx 后上传。',
      en: 'Open it in Excel, save it as a new .xlsx and send that.',
    },
  },
  'workbook-too-hard': {
    detail: {
      'zh-CN': '在限定的时间和内存内读不完这个工作簿。',
      en: 'The workbook could not be read within the time and memory set aside.',
    },
    remedy: {
      'zh-CN': '请把数据复制到新的工作簿，去掉图片和空白格式，或拆成几个文件。',
      en: 'Copy the data into a new workbook without pictures and empty formats, or split it.',
    },
  },
  infected: {
    detail: { 'zh-CN': '在文件中发现病毒，文件未保存。', en: 'A virus was found in the file. It was not kept.' },
    remedy: { 'zh-CN': '请检查您的电脑，并上传其他文件。', en: 'Check your computer, and send another file.' },
  },
} as const satisfies Record<string, { detail: LocalizedText; remedy: LocalizedText }>

export type Reason = keyof typeof reasons

/** 422 file-refused; `reason` tells callers which it is. */
export function fileRefused(reason: Reason): Failure {
  const { detail, remedy } = reasons[reason]
  return platformFailure('file-refused', detail, { remedy, extensions: { reason } })
}
