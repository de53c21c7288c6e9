global using Google.Protobuf;
global using Temporalio.Api.Common.V1;
global using Temporalio.Api.Enums.V1;
global using Temporalio.Api.Failure.V1;
global using Temporalio.Api.History.V1;
global using Duration = Google.Protobuf.WellKnownTypes.Duration;
global using QueueName = Temporalio.Api.TaskQueue.V1.TaskQueue;
global using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;
