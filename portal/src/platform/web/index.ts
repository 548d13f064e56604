export {
  api,
  type FieldMessages,
  messagesByField,
  newIdempotencyKey,
  type ProblemState,
  readAtLeast,
  saveFile,
  useExport,
  useLive,
  usePages,
  useProblem,
} from './api/index.ts'
export { ActionButton, ActionFile, ActionLink, acceptedPictures } from './components/action.tsx'
export { Choice, ChoiceGroup } from './components/choice.tsx'
export { type Column, DataTable } from './components/data-table.tsx'
export { type Description, DescriptionList } from './components/description-list.tsx'
export { BottomSheet, ConfirmDialog } from './components/dialog.tsx'
export { EmptyState } from './components/empty-state.tsx'
export { ErrorState } from './components/error-state.tsx'
export { Field, QuantityField, SelectField, TextAreaField, TextField } from './components/field.tsx'
export { type Filter, FilterBar } from './components/filter-bar.tsx'
export { LeaveGuard } from './components/leave-guard.tsx'
export { LargeNumber, Measure, Money } from './components/measure.tsx'
export { Notice } from './components/notice.tsx'
export { PlainText } from './components/plain-text.tsx'
export { Segments } from './components/segments.tsx'
export { SkeletonLines, SkeletonRows } from './components/skeleton.tsx'
export { SplitView } from './components/split-view.tsx'
export { StatusBadge, type Tone } from './components/status-badge.tsx'
export { Timeline, type TimelineEntry } from './components/timeline.tsx'
export { LocaleLink, type Translate, useLanguage, useTexts, useTimeZone } from './i18n/index.ts'
export { Bell } from './layout/bell.tsx'
export { Brand } from './layout/brand.tsx'
export { ColourSchemeChoice, ColourSchemeScript } from './layout/colour-scheme.tsx'
export { type ConsoleSection, ConsoleShell, narrowFromCookie } from './layout/console-shell.tsx'
export { Breadcrumbs, Container, type Crumb, PageHeader, SkipLink } from './layout/container.tsx'
export { DemoLine } from './layout/demo-line.tsx'
export { type NavigationEntry, PublicLayout } from './layout/public-layout.tsx'
export {
  apiContext,
  demoContext,
  guardMarkup,
  languageContext,
  NonceContext,
  originContext,
  pageMeta,
  problemOf,
  publicPage,
  searchWith,
  serverApi,
  stillPage,
  trustedDrawing,
  trustedWorker,
  useDrawingMarkup,
  useNonce,
  VisitStartScript,
  visitStart,
} from './page/index.ts'
