"""The order service of the seed, rebuilt from its description on its own stack: FastAPI and confluent-kafka. Answers
before the broker has acknowledged. Only a peer to measure against: producer_order.py PORT BROKER TOPIC"""
import json
import sys
import uuid
from datetime import datetime, timezone
from typing import Optional

import uvicorn
from confluent_kafka import Producer
from fastapi import FastAPI
from pydantic import BaseModel

PORT, BROKER, TOPIC = int(sys.argv[1]), sys.argv[2], sys.argv[3]
app = FastAPI()
producer = Producer({"bootstrap.servers": BROKER, "linger.ms": 5, "batch.num.messages": 1000})


class Order(BaseModel):
    orderId: Optional[str] = None
    items: Optional[list] = None


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/produce")
def produce(order: Order):
    order_id = order.orderId or f"o-{uuid.uuid4().hex[:8]}"
    event = {
        "eventId": str(uuid.uuid4()),
        "eventType": "OrderPlaced",
        "orderId": order_id,
        "items": order.items or [{"sku": "burrito", "qty": 1}],
        "createdAt": datetime.now(timezone.utc).isoformat(),
    }
    producer.produce(TOPIC, key=order_id, value=json.dumps(event))
    producer.poll(0)
    return {"orderId": order_id, "status": "PRODUCED", "event": event}


uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False)
