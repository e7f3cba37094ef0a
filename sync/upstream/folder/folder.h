// A folder as the upstream: each version of an order is pushed as one JSON file
// in `outbox/`, each change of stock as one in `stock/`, online orders are read from `inbox/`. The
// format and the rules for whoever is on the other side are in folder.md.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sync/base/durable_file.h"
#include "sync/upstream/upstream.h"

namespace syncing {

// "T1-000123.v1.json"; the channel stands before a number that is not a till's.
std::string outbox_name(const core::Order& order);

class Folder final : public Upstream {
 public:
  explicit Folder(const std::filesystem::path& root);

  void begin(std::vector<Job> jobs) override;
  void begin_pull(const PullFrom& from) override;
  std::vector<RowAnswer> answers() override;
  std::optional<Pulled> pulled() override;
  void begin_check() override;
  std::optional<Check> checked() override;
  void accept(const core::Order& order) override;
  std::string refuse(const core::Order& order, const std::string& reason) override;

 private:
  Answer write(const Job& job);
  FileResult ready_for(const std::vector<Job>& jobs) const;
  std::filesystem::path file_of(const Job& job) const;
  FileResult read_inbox(core::Instant now, Pulled& pulled);
  void read_order(const std::filesystem::path& file, core::Instant now, Pulled& pulled);
  std::string put_aside(const std::filesystem::path& file, const std::string& reason);
  void take_back(const std::string& name);
  void list_refused(Pulled& pulled);

  std::filesystem::path outbox_;
  std::filesystem::path stock_;
  std::filesystem::path inbox_;
  std::vector<RowAnswer> answers_;
  std::optional<Pulled> pulled_;
  std::optional<Check> checked_;
  std::map<core::OrderId, std::filesystem::path> files_;  // of the orders that were pulled
};

}  // namespace syncing
