#!/bin/sh
# Makes what three brokers behind TLS and passwords need, into the folder that is named. What is there already stays, so
# that a restart finds its certificates again; remove the folder to begin anew. Needs only openssl.
set -eu

cd "${1:?folder}"
umask 077
days=3650
# The user of Kafka's image; only root can hand its files over.
owner=1000

if [ ! -f ca.pem ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days "$days" -subj "/CN=lunchrush-ca" -keyout ca.key -out ca.pem
fi

# Key and certificate in one file, as Kafka takes PEM; the names are what clients and brokers ask for.
certificate() {
  name=$1
  names=$2
  [ ! -f "$name.pem" ] || return 0
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -extfile "$name.ext" -out "$name.crt"
  cat "$name.key" "$name.crt" >"$name.pem"
  rm "$name.key" "$name.csr" "$name.ext" "$name.crt"
}

for n in 1 2 3; do
  certificate "kafka-$n" "DNS:kafka-$n,DNS:localhost,IP:127.0.0.1"
done
certificate admin "DNS:admin"

[ -f password ] || openssl rand -hex 24 | tr -d '\n' >password

cat >user.properties <<USER
SCRAM-SHA-512=password=$(cat password)
USER

cat >admin.properties <<ADMIN
security.protocol=SSL
ssl.keystore.type=PEM
ssl.keystore.location=$PWD/admin.pem
ssl.truststore.type=PEM
ssl.truststore.location=$PWD/ca.pem
ADMIN

# For clients on this machine, ours and Kafka's own: lunchrush --command-config deploy/secrets/client.properties
cat >client.properties <<CLIENT
bootstrap.servers=localhost:29092,localhost:29093,localhost:29094
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="lunchrush" password="$(cat password)";
ssl.truststore.type=PEM
ssl.truststore.location=deploy/secrets/ca.pem
CLIENT

# The authority's own key signs and is not read by brokers; its certificate is no secret.
chmod 644 ca.pem
if [ "$(id -u)" = 0 ]; then
  chown "$owner" ./*.pem ./*.properties password
fi
