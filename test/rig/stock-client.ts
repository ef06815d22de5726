import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs';
import { onTestFinished } from 'vitest';

function kafka(address: string): Kafka {
  return new Kafka({ brokers: [address], clientId: 'somebody-else', logLevel: logLevel.NOTHING });
}

/** kafkajs's own admin client, as somebody else would use it; closed with the test. */
export async function connectAdmin(address: string): Promise<Admin> {
  const admin = kafka(address).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

/** kafkajs's own producer; closed with the test. */
export async function connectProducer(address: string): Promise<Producer> {
  const producer = kafka(address).producer();
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

/** An order as any client may write it. */
export function orderMessage(orderId: string, partition: number) {
  const items = [{ sku: 'burrito', qty: 1 }];
  const event = {
    eventId: `e-${orderId}`,
    eventType: 'OrderPlaced',
    orderId,
    items,
    createdAt: new Date().toISOString(),
  };
  return { key: orderId, value: JSON.stringify(event), partition };
}
