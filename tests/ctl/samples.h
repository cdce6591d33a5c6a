// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/ctl/view.h"
#include "proto/wire.h"

// Answers of a broker on the third night of a closure, for the golden files and the commands.
namespace ecluse::ctl::sample {

// Thursday 2024-02-08 03:00 in Paris.
absl::Time Now();
View English();
View French();

Destination Authorisation();  // viamedis/authorisation, closed
Destination Billing();        // almerys/billing, open, paused

wire::StatusReport Status();
wire::ShapeReport Shape();
wire::ListResult List();
wire::ShowResult Shown();
wire::HoldsResult Holds();
wire::GateResult Gate();
wire::Explanation Explained();
wire::ForecastResult Forecast();
wire::JobsResult::Row Job(JobKind kind, JobState state);
wire::FindingsResult Findings();

}  // namespace ecluse::ctl::sample
