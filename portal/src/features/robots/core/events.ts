declare module '#platform/core' {
  interface EventTypes {
    'robot.added': { robotId: string; companyId: string | null; by: string }
    'robot.changed': { robotId: string; by: string }
    'robot.removed': { robotId: string; by: string }
  }
}

export {}
