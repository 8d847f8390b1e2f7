import {
  deliveryPageSchema,
  deliveryRuleSchema,
  deliveryRulesSchema,
  deliverySchema,
  listDeliveriesSchema,
} from "./delivery.ts";
import type { Operation } from "./operation.ts";

/** The operations on what is told to people and programs. */
export const DELIVERY_OPERATIONS = {
  getDeliveryRules: {
    method: "get",
    path: "/schedules/{id}/delivery-rules",
    group: "deliveries",
    summary: "Who is told what of a schedule and its runs",
    answer: { status: 200, schema: deliveryRulesSchema, description: "The rules." },
  },
  addDeliveryRule: {
    method: "post",
    path: "/schedules/{id}/delivery-rules",
    group: "deliveries",
    summary: "Have somebody told of a schedule and its runs; twenty rules at most",
    body: deliveryRuleSchema,
    answer: { status: 201, schema: deliveryRulesSchema, description: "The rules as they are now." },
  },
  removeDeliveryRule: {
    method: "delete",
    path: "/schedules/{id}/delivery-rules/{rule}",
    group: "deliveries",
    summary: "Have somebody told no more; what is in the outbox is still sent",
    answer: { status: 200, schema: deliveryRulesSchema, description: "The rules as they are now." },
  },
  listDeliveries: {
    method: "get",
    path: "/deliveries",
    group: "deliveries",
    summary: "What was told, is to be told, or could not be, newest first",
    query: listDeliveriesSchema,
    answer: { status: 200, schema: deliveryPageSchema, description: "One page." },
  },
  retryDelivery: {
    method: "post",
    path: "/deliveries/{number}/retry",
    group: "deliveries",
    summary: "Try a delivery again that was given up, or one that waits at once",
    answer: { status: 200, schema: deliverySchema, description: "The delivery as it is now." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
