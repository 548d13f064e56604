import './events.ts'

export {
  type AccountView,
  type CompanySummary,
  type CompanyView,
  changeMe,
  changeStaff,
  forgotPassword,
  getCompany,
  getMe,
  getMyCompany,
  getStaffMember,
  inviteStaff,
  listCompanies,
  listDemoAccounts,
  listRoles,
  listStaff,
  resendStaffInvitation,
  resendVerification,
  resetPassword,
  resetSecondFactor,
  type SecondStep,
  type StaffMember,
  setUp,
  signIn,
  signOut,
  signUp,
  verifyEmail,
  withdrawStaffInvitation,
} from './api.ts'
export { keyDays, keyWarningDays, mostKeys, permissionsBy, permissionsOfKey, scopesFor } from './api-key.ts'
export {
  type ApiKeyView,
  listApiKeysOf,
  listMyApiKeys,
  makeApiKey,
  type NewApiKey,
  revokeApiKeyOf,
  revokeMyApiKey,
} from './api-key-api.ts'
export {
  changeCompany,
  changeCompanyRole,
  type InvitationView,
  inviteColleague,
  joinAsNewcomer,
  joinCompany,
  listInvitations,
  readInvitation,
  removeFromCompany,
  resendInvitation,
  withdrawInvitation,
} from './company-api.ts'
export {
  approvalHours,
  type ConfirmationNeeded,
  type ConfirmationStatus,
  confirmationMinutes,
  confirmationMoves,
  confirmationNeeded,
  confirmationStatuses,
} from './confirmation.ts'
export { type Approval, confirm, decideApproval, listApprovals, reasonLength } from './confirmation-api.ts'
export { invitationDays, openInvitationsMost, type Standing, standingOf } from './invitation.ts'
export { passwordLength, passwordProblem } from './password.ts'
export { type Strength, weighPassword } from './password-strength.ts'
export { type AskedCode, noPhone, phoneCode, secondsUntilCode, takesTexts } from './phone.ts'
export {
  type AskedForCode,
  askForPhoneCode,
  askForPhoneProof,
  beginPhone,
  confirmPhone,
  removePhone,
  signInByPhone,
} from './phone-api.ts'
export { type PasskeyAnswer, type Proof, type ProofMethod, proof, proofMethod, type SecondProof, secondProof } from './proof.ts'
export { type CompanyRecordView, getCompanyRecord } from './record-api.ts'
export {
  type CompanyRole,
  companyRoles,
  isStaffRole,
  mayActOn,
  mayGive,
  type PermissionName,
  permissionsOf,
  permissionTable,
  type Reach,
  type RoleName,
  rankOf,
  reachOf,
  roles,
  rolesWith,
  type StaffRole,
  sideOf,
  staffRoles,
} from './roles.ts'
export { safeNext } from './safe-next.ts'
export {
  addPasskey,
  askForPasskey,
  askForPasskeyInSecondStep,
  askForPasskeyToSignIn,
  beginAuthenticator,
  beginInSecondStep,
  beginPasskey,
  changePassword,
  confirmAuthenticator,
  getSecurity,
  linkProvider,
  listProviders,
  type NewAuthenticator,
  type PasskeyOptions,
  type PasskeyView,
  removePasskey,
  renamePasskey,
  renewRecoveryCodes,
  type SecurityView,
  signInByPasskey,
  startAtProvider,
  takeSecondStep,
  turnAuthenticatorOff,
  unlinkProvider,
} from './security-api.ts'
export {
  deactivate,
  endMyOtherSessions,
  endMySession,
  endSessionOf,
  endSessionsOf,
  listMySessions,
  listSessionsOf,
  reactivate,
  type SessionView,
} from './session-api.ts'
export { texts } from './texts.ts'
