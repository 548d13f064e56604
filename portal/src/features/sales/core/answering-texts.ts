/** Texts of the console and of mails to colleagues about leads that wait. */
export const answeringTexts = {
  'zh-CN': {
    answering: {
      title: '答复时限',
      lead: '新线索超过此时限仍未处理时，邮件提醒负责人（未分配则提醒全体销售）；超过两倍时限，通知管理员。',
      within: '时限（工作小时）',
      withinHelp: '0 表示不提醒。',
      withinWrong: '请填写 0 到 400 的整数。',
      days: '工作日',
      day: { '1': '周一', '2': '周二', '3': '周三', '4': '周四', '5': '周五', '6': '周六', '7': '周日' },
      daysMissing: '请至少选择一天。',
      from: '上班',
      to: '下班',
      toWrong: '下班须晚于上班。',
      zone: '按“企业信息”中的时区计算；法定节假日不在其内。',
      save: '保存',
      saved: '已保存。',
    },
    mail: {
      remind: {
        subject: '{{count}} 条新线索超过 {{hours}} 个工作小时未处理',
        text: '请尽快联系客户，或把线索交给能处理的同事。',
        more: '另有 {{more}} 条。',
        action: '查看新线索',
      },
      escalate: {
        subject: '{{count}} 条新线索超过 {{hours}} 个工作小时仍未处理',
        text: '销售已收到提醒，但这些线索仍是“新线索”。请安排处理。',
        more: '另有 {{more}} 条。',
        action: '查看新线索',
      },
    },
  },
  en: {
    answering: {
      title: 'Answering new leads',
      lead: 'When a new lead waits for longer, whoever looks after it is reminded by mail, or all of sales where nobody does; after twice the time administrators are.',
      within: 'Within working hours',
      withinHelp: '0: nobody is reminded.',
      withinWrong: 'Give a whole number from 0 to 400.',
      days: 'Working days',
      day: { '1': 'Monday', '2': 'Tuesday', '3': 'Wednesday', '4': 'Thursday', '5': 'Friday', '6': 'Saturday', '7': 'Sunday' },
      daysMissing: 'Choose one day at least.',
      from: 'From',
      to: 'To',
      toWrong: 'The end has to be later than the beginning.',
      zone: 'In the time zone of the company’s profile; public holidays are not known.',
      save: 'Save',
      saved: 'Saved.',
    },
    mail: {
      remind: {
        subject_one: '{{count}} new lead waits for more than {{hours}} working hours',
        subject_other: '{{count}} new leads wait for more than {{hours}} working hours',
        text: 'Please reach the customer soon, or hand the lead to a colleague who can.',
        more: 'And {{more}} more.',
        action: 'See new leads',
      },
      escalate: {
        subject_one: '{{count}} new lead still waits after {{hours}} working hours',
        subject_other: '{{count}} new leads still wait after {{hours}} working hours',
        text: 'Sales has been reminded, and these leads are still new. Please see to it.',
        more: 'And {{more}} more.',
        action: 'See new leads',
      },
    },
  },
} as const
