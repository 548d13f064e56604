export const texts = {
  'zh-CN': {
    title: '已截获的邮件',
    help: '演示模式不向外发送邮件，所有邮件都保留在这里。',
    subject: '主题',
    to: '收件人',
    attachments: '附件',
    at: '时间',
    none: '还没有邮件',
    noneHelp: '系统发出的每封邮件都会出现在这里。',
  },
  en: {
    title: 'Caught mail',
    help: 'The demo sends no mail to the outside. Every mail stays here.',
    subject: 'Subject',
    to: 'To',
    attachments: 'Attachments',
    at: 'Time',
    none: 'No mail yet',
    noneHelp: 'Every mail the portal sends appears here.',
  },
} as const
