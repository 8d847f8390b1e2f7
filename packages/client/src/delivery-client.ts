import {
  type AskedDeliveryRule,
  type Delivery,
  type DeliveryPage,
  deliveryPageSchema,
  type DeliveryRules,
  deliveryRulesSchema,
  deliverySchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson } from "./send-request.ts";

/** Which deliveries are wanted, and which page of them. */
export interface ListDeliveriesQuery {
  readonly state?: Delivery["state"] | undefined;
  readonly schedule?: string | undefined;
  readonly run?: string | undefined;
  readonly workflow_run?: string | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** The part of the API that is about deliveries. Every function throws as {@link sendRequest} does. */
export interface DeliveryClient {
  getDeliveryRules(scheduleId: string, options?: CallOptions): Promise<DeliveryRules>;
  addDeliveryRule(scheduleId: string, rule: AskedDeliveryRule, options?: CallOptions): Promise<DeliveryRules>;
  removeDeliveryRule(scheduleId: string, ruleId: string, options?: CallOptions): Promise<DeliveryRules>;
  listDeliveries(query?: ListDeliveriesQuery, options?: CallOptions): Promise<DeliveryPage>;
  retryDelivery(id: number, options?: CallOptions): Promise<Delivery>;
}

/** Makes the part of a client that is about deliveries. */
export function createDeliveryClient(server: ClientOptions): DeliveryClient {
  const rules = (id: string): string => `/schedules/${encodeURIComponent(id)}/delivery-rules`;
  return {
    getDeliveryRules: (id, options) =>
      sendForJson(server, { method: "GET", path: rules(id), ...options }, deliveryRulesSchema),
    addDeliveryRule: (id, body, options) =>
      sendForJson(server, { method: "POST", path: rules(id), body, ...options }, deliveryRulesSchema),
    removeDeliveryRule: (id, rule, options) =>
      sendForJson(
        server,
        { method: "DELETE", path: `${rules(id)}/${encodeURIComponent(rule)}`, ...options },
        deliveryRulesSchema,
      ),
    listDeliveries: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/deliveries", ...(query ? { query: { ...query } } : {}), ...options },
        deliveryPageSchema,
      ),
    retryDelivery: (id, options) =>
      sendForJson(server, { method: "POST", path: `/deliveries/${id}/retry`, ...options }, deliverySchema),
  };
}
