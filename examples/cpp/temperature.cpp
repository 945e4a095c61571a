// Keeps the temperatures of a day and tells the highest and the mean.
#include <iostream>
#include <limits>
#include <vector>

class TemperatureLog {
 public:
  void add(double celsius) { values_.push_back(celsius); }

  double highest() const {
    double highest = std::numeric_limits<double>::lowest();
    for (double value : values_) {
      if (value > highest) {
        
      }
    }
    return highest;
  }

  double mean() const {
    double sum = 0;
    for (double value : values_) {
      sum += value;
    }
    return values_.empty() ? 0 : sum / static_cast<double>(values_.size());
  }

 private:
  std::vector<double> values_;
};

int main() {
  TemperatureLog log;
  for (double celsius : {12.5, 17.0, 21.5, 15.0}) {
    log.add(celsius);
  }
  std::cout << "highest " << log.highest() << ", mean " << log.mean() << '\n';
}
