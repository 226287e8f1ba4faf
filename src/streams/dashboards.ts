import { defineStream } from '../engine/stream/definition.ts'
import { v2List, v2Whole } from './dialects.ts'

export const dashboards = defineStream({
  name: 'dashboards',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/dashboards', 'listDashboards')],
})

export const dashboardUsers = defineStream({
  name: 'dashboard_users',
  primaryKey: ['dashboard_id', 'id'],
  parent: { stream: 'dashboards', field: 'id', as: 'dashboard_id', stamp: 'dashboard_id' },
  costly: true,
  routes: [v2Whole('/api/v2/dashboards/{dashboard_id}/users', 'listDashboardUsers')],
})
