use babelforce_manager_sdk::{ApplicationItem, Auth, ManagerClient, ManagerError};
use std::fmt::Debug;

/// Prints a JSON line for a list: how many records the vendor's client decoded, or what it could not.
fn report<E: Debug>(stream: &str, outcome: Result<usize, E>) {
    let line = match outcome {
        Ok(count) => serde_json::json!({ "stream": stream, "count": count }),
        Err(error) => serde_json::json!({ "stream": stream, "error": format!("{error:?}") }),
    };
    println!("{line}");
}

/// The module of an application that the client does not know, or that does not fit its type.
fn unknown_module(item: &ApplicationItem) -> Option<String> {
    match item {
        ApplicationItem::Unknown { module, .. } => Some(module.clone()),
        _ => None,
    }
}

macro_rules! count {
    ($stream:literal, $list:expr) => {
        report($stream, $list.await.map(|list| list.len()))
    };
}
macro_rules! items {
    ($stream:literal, $list:expr) => {
        report($stream, $list.await.map(|list| list.items.len()))
    };
}

macro_rules! records {
    ($stream:literal, $list:expr) => {
        report($stream, $list.await.map(|list| list.records.map_or(0, |records| records.len())))
    };
}

/// A list of which each parent has one: how many records all of them hold together.
macro_rules! children {
    ($stream:literal, $parents:expr, $id:ident => $count:expr) => {
        let counted = async {
            let mut count = 0;
            for parent in $parents.await? {
                let $id = parent.id.simple().to_string();
                count += $count;
            }
            Ok::<usize, ManagerError>(count)
        };
        report($stream, counted.await)
    };
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("the address of the API");
    let auth = Auth::ClientCredentials { client_id: "demo-client".into(), client_secret: "demo-secret".into() };
    let api = ManagerClient::builder(auth).base_url(&url).connect().await.expect("a sign-in");
    count!("accounts", api.me.accounts());
    count!("sub_accounts", api.accounts.list(None));
    count!("users", api.users.list_all());
    count!("user_roles", api.users.list_roles());
    count!("agents", api.agents.list_all());
    count!("agent_groups", api.agents.groups.list_all());
    items!("agent_statuses_available", api.agents.available_statuses());
    count!("call_records", api.calls.reporting.list_all());
    count!("calls", api.calls.reporting.simple_all());
    count!("sms", api.sms.list_all());
    count!("numbers", api.numbers.list_all());
    count!("conferences", api.conferences.list_all());
    count!("queues", api.queues.list_all());
    count!("recordings", api.recordings.list_all());
    count!("routings", api.routing.list_all());
    count!("triggers", api.triggers.list_all());
    count!("global_automations", api.automations.list_all());
    count!("local_automations", api.applications.all_local_automations());
    count!("integrations", api.integrations.list_all());
    count!("outbound_lists", api.outbound.lists());
    count!("all_leads", api.outbound.leads());
    count!("outbound_attempts", api.outbound.attempts());
    count!("processed_leads", api.outbound.processed_leads());
    count!("phonebook", api.phonebook.list_all());
    count!("campaigns", api.campaigns.list());
    count!("business_hours", api.business_hours.list_all());
    count!("calendars", api.calendars.list_all());
    count!("conversations", api.conversations.list_all());
    count!("conversation_events", api.conversations.all_events());
    count!("dashboards", api.dashboards.list_all());
    count!("dialer_behaviours", api.dialer.behaviours.list_all());
    count!("prompts", api.prompts.list_all());
    count!("event_definitions", api.events.list());
    count!("files", api.files.list_all());
    items!("metric_ids", api.metrics.list_ids());
    items!("metric_definitions", api.metrics.definitions());
    records!("tasks", api.tasks.list(None));
    records!("task_schedules", api.schedules.list());
    items!("settings", api.settings.list_all());
    count!("audit_logs", api.logs.audit_all());
    items!("agent_presences", api.agents.presences());
    items!("queue_selections", api.queues.global_selections());
    children!("agent_logs", api.agents.list_all(), id => api.agents.logs(&id, None, None).await?.len());
    children!("agent_group_members", api.agents.groups.list_all(), id => api.agents.groups.list_agents(&id).await?.len());
    children!("queued_calls", api.queues.list_all(), id => api.calls.list_queued(&id).await?.len());
    children!("dashboard_users", api.dashboards.list_all(), id => api.dashboards.list_users(&id).await?.items.len());
    children!("calendar_dates", api.calendars.list_all(), id => api.calendars.get_dates(&id).await?.items.len());
    children!("outbound_leads", api.outbound.lists(), id => api.outbound.list_leads(&id, None, None).await?.items.len());
    match api.applications.list_all().await {
        Ok(list) => {
            let mut unknown: Vec<String> = list.iter().filter_map(unknown_module).collect();
            unknown.sort();
            unknown.dedup();
            println!("{}", serde_json::json!({ "stream": "applications", "count": list.len(), "unknown": unknown }));
        }
        Err(error) => report::<_>("applications", Err(error)),
    }
}
