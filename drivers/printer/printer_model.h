// A receipt printer as a machine: a receive buffer, a head that works it off, a
// roll of paper, a cover, a cutter, a drawer, and the answers that an Epson
// printer gives (DLE EOT, GS a, GS r, GS ( H). What can go wrong with a real one
// can be made to go wrong here. No sockets and no clock: the simulated printer's
// program and the tests move its bytes and its time.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "drivers/printer/escpos_reader.h"

namespace drivers {

// Each can be changed at any moment.
struct PrinterFaults {
  bool cover_open = false;
  bool cutter_jammed = false;  // at the next cut
  bool head_hot = false;
  bool paper_low = false;
  bool paper_out = false;
  std::optional<std::size_t> paper_ends_after = {};  // bytes of print data from now on
  bool is_mute = false;                              // prints, and never answers
  bool talks_garbage = false;
  std::size_t bytes_per_second = 0;  // of the head; 0: at once
  friend bool operator==(const PrinterFaults&, const PrinterFaults&) = default;
};

// A piece of paper between two cuts, or what is on it of a slip that the next
// one interrupted.
struct SlipOnPaper {
  Document document;
  bool is_whole = false;  // ended by a cut
};

class PrinterModel {
 public:
  explicit PrinterModel(const Profile& profile);

  // Takes what fits into the buffer and says how much that was. Real-time
  // commands are carried out on the way, whatever state it is in.
  std::size_t receive(ByteView bytes);
  // Lets it work for so long.
  void run(Milliseconds elapsed);
  Bytes take_answers();
  std::vector<SlipOnPaper> take_slips();

  void set(const PrinterFaults& faults);
  const PrinterFaults& faults() const { return faults_; }
  // Off and on again: what it held is gone, what is on paper stays there.
  void power_cycle();
  void connection_opened() { asb_ = 0; }

  int drawer_openings() const { return drawer_openings_; }
  bool is_drawer_open() const { return drawer_open_; }
  void close_drawer();
  std::size_t buffered() const { return buffer_.size(); }

 private:
  bool is_offline() const;
  bool has_paper() const;
  void take_real_time();
  void work_off(std::uint8_t byte);
  void pulse(int on_ms);
  void answer(std::initializer_list<std::uint8_t> bytes);
  std::uint8_t real_time_status(std::uint8_t n) const;
  std::array<std::uint8_t, 4> automatic_status() const;
  void tell_changes();
  void end_slip(bool is_whole);

  Profile profile_;
  EscposReader reader_;
  PrinterFaults faults_;
  std::deque<std::uint8_t> buffer_;
  Bytes pending_;  // the beginning of what may be a real-time command
  Bytes answers_;
  std::vector<SlipOnPaper> slips_;
  std::uint8_t asb_ = 0;
  std::array<std::uint8_t, 4> told_{};
  bool stuck_at_cut_ = false;
  double credit_ = 0;  // bytes that the head may work off now
  bool drawer_open_ = false;
  int drawer_openings_ = 0;
};

}  // namespace drivers
