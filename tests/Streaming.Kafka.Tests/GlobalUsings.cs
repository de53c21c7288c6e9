global using Confluent.Kafka;
global using ErrorCode = Confluent.Kafka.ErrorCode;
