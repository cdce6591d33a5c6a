// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

// Every limit of the product, in one place. PROTOCOL.md shows the same table.
namespace ecluse::limits {

inline constexpr size_t kNameBytes = 32;
inline constexpr size_t kReferenceBytes = 128;            // a practice's own reference
inline constexpr size_t kFormatBytes = 64;                // a content's media type
inline constexpr size_t kContentBytes = 8 << 20;          // one request's content
inline constexpr size_t kAnswerBytes = 8 << 20;           // one answer's content
inline constexpr size_t kEnvelopeFrameBytes = 256 << 10;  // the first frame of a message
inline constexpr size_t kReasonBytes = 500;               // an ops reason or note
inline constexpr size_t kCardItemBytes = 64;              // one item of an insurance card
inline constexpr size_t kProblemBytes = 200;              // a problem's path, rule or source

inline constexpr size_t kDepositsPerCall = 256;
inline constexpr size_t kProblemsPerItem = 256;    // told of one content
inline constexpr size_t kProblemsPerReply = 4096;  // told of all contents of one deposit
inline constexpr size_t kStatusPerCall = 256;
inline constexpr size_t kInboxPerCall = 256;
inline constexpr size_t kSlotsPerWorker = 256;  // deliveries in one worker's hands at once
inline constexpr size_t kAccountsPerCall = 1000;
inline constexpr size_t kListPerCall = 500;
inline constexpr size_t kResolvePerCall = 500;
inline constexpr size_t kCaseMembers = 256;  // requests of one case
inline constexpr size_t kNumberBytes = 64;   // a number given by an operator
inline constexpr size_t kJobs = 1000;        // kept, the finished ones too
inline constexpr size_t kJobPerTurn = 256;   // requests that one job touches in a turn
inline constexpr size_t kFindingsPerJob = 10'000;
inline constexpr size_t kFetchPerCall = 256;                   // requests of one page of an export
inline constexpr size_t kPathBytes = 4096;                     // a path on the broker's machine
inline constexpr size_t kForecastPerCall = 500;                // practices
inline constexpr size_t kScanPerCall = 2000;                   // records looked at by one `list`
inline constexpr size_t kFramesPerCall = 1 + 256;              // the envelope and the contents
inline constexpr size_t kBytesPerCall = 16 << 20;              // contents of one call together
inline constexpr size_t kBytesPerReply = 16 << 20;             // contents of one reply together
inline constexpr int64_t kDurationMillis = 3'155'760'000'000;  // any duration: 100 years

inline constexpr size_t kHolds = 10'000;
inline constexpr size_t kDestinations = 256;
inline constexpr size_t kPractices = 10'000;

// One turn of the loop: what arrives beyond it waits in the sockets.
inline constexpr size_t kMessagesPerTurn = 1024;
inline constexpr size_t kBytesPerTurn = 32 << 20;
// Messages that one peer may have waiting in its socket, each way; then TCP makes it wait.
inline constexpr int kPeerQueue = 64;
// Replies that peers asked for and did not read. What is over is dropped; the peer asks again.
inline constexpr size_t kUnreadByPeer = 2 * kBytesPerReply;
inline constexpr size_t kUnreadByAll = 256 << 20;
// Calls that wait unheard, over all peers, as bytes on the line; tiny frames take four times as
// much memory. Beyond it the connection that holds most is cut; its peer may come back.
inline constexpr size_t kUnheardByAll = 128 << 20;
// Connections at once, fewer where the machine allows few open files. Beyond it the one that is
// most likely nobody's is cut.
inline constexpr size_t kConnections = 12'288;
// Open files that are never given to connections: the store's and the process's own.
inline constexpr size_t kOwnFiles = 512;

}  // namespace ecluse::limits
